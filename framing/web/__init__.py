"""A page on this machine alone: paste a draft, see it marked while you type (extra ``web``)."""
