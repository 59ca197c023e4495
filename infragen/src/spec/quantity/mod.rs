//! Values that cannot hold nonsense.
