"""Measures of a class network. Pure: who wrote to whom on which day in, numbers and keys out.

Everything about a graph is networkx's; what is here are the questions that a teacher asks.

===================  ===========================================================================
``units``            the input, and its weeks
``reach``            whom no peer has answered, who has no peer tie, how much staff say and hear
``structure``        average degree, ties returned, people who hold parts of a class together
``groups``           ties within and between groups, with the index under random mixing
``comparison``       two equal windows, with what chance alone would give
``concentration``    how evenly comments are spread, without names
===================  ===========================================================================
"""
