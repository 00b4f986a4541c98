"""The workers: Celery tasks, the stages they run, and the analysis of photos."""

import os

# One thread each for BLAS and OpenCV, which read this when they are loaded. A worker runs one process per processor, so
# more threads only wait, and OpenBLAS waits by spinning: on a busy machine, two of its threads took ten times as long
# as one to group an album.
os.environ.update(OPENBLAS_NUM_THREADS="1", OPENCV_FOR_THREADS_NUM="1")
