"""The domain: albums, photos, groups and exports. It knows no tasks, no HTTP and no image analysis."""
