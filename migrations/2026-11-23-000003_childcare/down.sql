DROP TABLE childcare_dong;
DROP TABLE children;
DROP TABLE daycare_centre;
DROP TABLE post;
