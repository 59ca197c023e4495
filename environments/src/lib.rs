//! The environments of coworking analytics.
