DROP TABLE childcare_vulnerability;
DROP TABLE childcare_siting;
DROP TABLE childcare_use_rate;
DROP TABLE childcare_care;
DROP TABLE childcare_candidate;
DROP TABLE childcare_use;
COMMENT ON COLUMN daycare_centre.waiting IS NULL;
COMMENT ON COLUMN daycare_centre.place IS NULL;
ALTER TABLE daycare_centre DROP COLUMN area;
-- A centre without a place cannot be kept where every centre has one.
DELETE FROM daycare_centre WHERE place IS NULL;
ALTER TABLE daycare_centre ALTER COLUMN place SET NOT NULL;
