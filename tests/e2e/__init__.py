"""Tests in a browser. As a package, so that its deployment ends with the last of them."""
