//! Coworking analytics: reports over visits, by HTTP.
