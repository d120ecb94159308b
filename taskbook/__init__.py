"""The machinery: run a program, keep its result, draw it on the page, check the site.

Pages live in ``docs/`` and programs in ``snippets/``; who writes them never has
to open this package. The way from a fence to a figure::

    page       finds the fences of a Markdown page
    fence      what the Markdown builder calls for each of them
    snippet    the program that a fence names
    book       decides which programs have to run, and compares
    store      keeps results between builds
    runner     runs many programs at once; child is what it starts
    recordings what each supported Python printed when it was recorded
    figure     draws program and result
    check      reads the built site and says what is wrong with it
    reference  helps mkdocstrings to read asyncio; templates draw what it read
"""
