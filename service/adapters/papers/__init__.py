"""Papers: tagged PDF by typst, QR codes by segno, calendar files by icalendar.

Everything heavy is imported when the first paper is asked for, not before.
"""
