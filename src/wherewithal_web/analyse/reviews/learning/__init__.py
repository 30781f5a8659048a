"""The order of reading, learnt in the background from every decision.

``asking``    asks for a lesson; several decisions may share one
``lessons``   what a worker does: read, learn, and store the order
``rankers``   a model with a pile's words read into it, kept between lessons
``again``     learn once more from the log, and compare
``texts``     the words of full texts, read for searching
"""
