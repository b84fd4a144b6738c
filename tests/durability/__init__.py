"""Nothing is lost: the production server killed, under many writers, without its disk or its
services; and its backup, restored elsewhere.
"""
