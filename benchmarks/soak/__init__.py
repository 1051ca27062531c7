"""Calls and instantiations by the million: does the process's memory stay as it is?"""
