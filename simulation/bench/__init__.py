"""The laboratory measured, and beside it the same year as people usually write it.

Only here may Mesa be imported: it is the extra ``bench``, never needed to play.
"""
