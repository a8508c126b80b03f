"""A home in a PostGIS database: the same data, published as whole editions."""
