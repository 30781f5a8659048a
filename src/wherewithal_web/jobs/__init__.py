"""Work that takes longer than a page may: asked for here, done by a worker, never twice.

``handlers``   what can be asked for, by name
``actions``    ask for a run, stop one, ask for it again
``leases``     how a worker claims a run, keeps it, and loses it
``worker``     the loop that does them: a thread of ``serve``, or ``wherewithal worker``
"""
