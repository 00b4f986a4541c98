"""Static files, also those that a build of the front end has brought since this process started."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import NotARegularFileError


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise, which knows the files of the moment it was started, and looks again where these may have changed.

    In a container the files are collected once and never change. On one machine `npm run build` may put new ones in
    place under a running service: files with a hash in their name come and go, the others change. Both are met here,
    so that a rebuild needs no restart.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the file, or leave the request to the views."""
        url = request.path_info
        if not self.use_finders or not url.startswith(self.static_prefix):
            return self._call(request)
        file = self._current(url)
        if file is not None:
            try:
                return self._response(file, request)
            except FileNotFoundError:
                # Taken away since it was looked up: two builds ago.
                self.files.pop(url, None)
        response: HttpResponseBase = self.get_response(request)
        return response

    def _call(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = super().__call__(request)
        return response

    def _response(self, file: Any, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = self.serve(file, request)
        return response

    def _current(self, url: str) -> Any:
        """The file as it is now; one with a hash in its name is looked up once."""
        is_immutable = self.immutable_file_test("", url)
        if is_immutable and url in self.files:
            return self.files[url]
        try:
            file = self.find_file(url)
        except NotARegularFileError:
            return None
        if is_immutable and file is not None:
            self.files[url] = file
        return file
