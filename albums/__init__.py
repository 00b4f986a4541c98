"""The domain: albums, photos, groups and exports. No tasks, no HTTP, no analysis."""
