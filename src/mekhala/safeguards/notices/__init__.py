"""What an officer has to be told at once: who, what kind, about which number. Never a name.

In: any room that must reach an officer calls ``tell``. Out: ``of`` and ``unseen_of``, each their
own. An officer speaks in their own name only; a job of the machinery speaks in nobody's.
"""
