"""The views, a module for each noun: check what comes in, call one selector or service, show what comes out."""
