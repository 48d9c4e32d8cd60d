"""Words that go to scripts in the field, a file per part; ``web.script_words`` reads them."""
