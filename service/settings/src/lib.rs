//! What coworking analytics reads from its surroundings.
