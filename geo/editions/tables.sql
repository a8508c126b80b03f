-- The tables of the published editions, in the schema project_map. An edition's data never changes.

CREATE TABLE project_map.edition (
    version text PRIMARY KEY,
    published_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN project_map.edition.version IS 'data version, as python -m geo prints it';

CREATE TABLE project_map.current_edition (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version text NOT NULL REFERENCES project_map.edition
);
COMMENT ON TABLE project_map.current_edition IS 'one row: the edition that readers see';

-- json keeps the text exactly as it was written; jsonb would reorder the keys.
CREATE TABLE project_map.feature (
    edition text NOT NULL REFERENCES project_map.edition ON DELETE CASCADE,
    id text COLLATE "C" NOT NULL,
    properties json NOT NULL,
    geojson json,
    geometry geometry(Geometry, 4326) GENERATED ALWAYS AS
        (ST_Force2D(ST_SetSRID(ST_GeomFromGeoJSON(geojson), 4326))) STORED,
    PRIMARY KEY (edition, id)
);
CREATE INDEX feature_geometry ON project_map.feature USING gist (geometry);
COMMENT ON COLUMN project_map.feature.geojson IS 'the geometry as published, lon, lat';
COMMENT ON COLUMN project_map.feature.geometry IS 'the same for GIS programs, EPSG:4326';

CREATE TABLE project_map.file (
    edition text NOT NULL REFERENCES project_map.edition ON DELETE CASCADE,
    name text NOT NULL,
    content json NOT NULL,
    PRIMARY KEY (edition, name)
);
COMMENT ON TABLE project_map.file IS 'what lies in data/ beside the projects';

CREATE TABLE project_map.seed (
    edition text NOT NULL REFERENCES project_map.edition ON DELETE CASCADE,
    name text NOT NULL,
    bytes bytea NOT NULL,
    sha256 text GENERATED ALWAYS AS (encode(sha256(bytes), 'hex')) STORED,
    PRIMARY KEY (edition, name)
);
COMMENT ON TABLE project_map.seed IS 'the source texts, byte for byte';

CREATE VIEW project_map.projects AS
SELECT
    feature.id,
    properties ->> 'name_zh' AS name_zh,
    properties ->> 'name_en' AS name_en,
    properties ->> 'sector' AS sector,
    properties ->> 'stage' AS stage,
    properties ->> 'precision' AS precision,
    properties ->> 'extent' AS extent,
    (properties ->> 'uncertainty_m')::double precision AS uncertainty_m,
    ARRAY(SELECT json_array_elements_text(properties -> 'counties')) AS counties,
    properties -> 'anchors' -> 0 ->> 'clause' AS clause,
    properties -> 'anchors' -> 0 ->> 'exact' AS exact,
    properties ->> 'basis' AS basis,
    feature.edition,
    feature.geometry
FROM project_map.feature
JOIN project_map.current_edition ON current_edition.version = feature.edition;
COMMENT ON VIEW project_map.projects IS 'the projects of the current edition, for QGIS; key: id';
