"""In: what an official asked for or did. Out: a sealed report, its route, patterns without names.

Logged by counsel, an organisation, or the person through a hotline. No police, prosecution or
court role, and nobody of the official's own agency, ever sees a row: the database holds that,
whoever is given an opening. The reporter says where a report goes: to the Anti-Corruption Unit,
to a monitor, or nowhere yet. Names of officials lie sealed and are in no count.
"""
