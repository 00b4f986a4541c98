# Targets: web (no analysis libraries), worker (for processors: OpenVINO), worker-gpu (for NVIDIA GPUs: TensorFlow).
# docs/containers.md says how to pin the images below by digest.

FROM node:24.19.0-bookworm-slim AS frontend
WORKDIR /frontend
COPY web/frontend/package.json web/frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web/frontend ./
RUN npm run build

FROM python:3.11.15-slim-bookworm AS base
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/opt/venv/bin:$PATH
RUN python -m venv /opt/venv && useradd --create-home --uid 10001 photoalbum \
    && install --directory --owner photoalbum /models /tmp/photoalbum
WORKDIR /app
COPY requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes --requirement requirements/base.txt

FROM base AS web
COPY manage.py ./
COPY albums albums
COPY worker worker
COPY web web
COPY --from=frontend /frontend/dist web/frontend/dist
RUN DATA_DIR=/tmp/build python manage.py collectstatic --no-input && rm -r /tmp/build \
    && python -m compileall -q albums web worker
# The number, not the name: Kubernetes checks that it is not root's.
USER 10001
EXPOSE 8000
CMD ["gunicorn", "--config", "python:web.gunicorn", "web.wsgi"]

FROM base AS worker
COPY requirements/worker.txt requirements/
# --no-deps: the file lists all dependencies, less those that requirements/overrides.txt leaves out.
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement requirements/worker.txt
COPY manage.py ./
COPY albums albums
COPY web web
COPY worker worker
RUN python -m compileall -q albums web worker
USER 10001
VOLUME /models
CMD ["celery", "-A", "worker", "worker", "-Q", "images,embeddings,albums", "--loglevel", "WARNING"]

FROM base AS worker-gpu
COPY requirements/gpu.txt requirements/
RUN pip install --no-cache-dir --require-hashes --requirement requirements/gpu.txt
COPY manage.py ./
COPY albums albums
COPY web web
COPY worker worker
RUN python -m compileall -q albums web worker
USER 10001
VOLUME /models
CMD ["celery", "-A", "worker", "worker", "-Q", "embeddings", "--concurrency", "1", "--loglevel", "WARNING"]
