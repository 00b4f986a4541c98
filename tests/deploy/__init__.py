"""`make deploy-test`: the image files and docker-compose.yml, for real. It needs an engine for containers, so it is not
part of `make test`.
"""
