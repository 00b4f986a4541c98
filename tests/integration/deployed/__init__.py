"""Tests of the deployed service. As a package, so that its deployment ends with the last of them."""
