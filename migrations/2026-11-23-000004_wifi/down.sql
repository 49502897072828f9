DROP TABLE wifi_summary;
DROP TABLE wifi_site;
DROP TABLE wifi_request;
DROP TABLE access_point;
DROP TABLE facility;
DROP TABLE floating_population_dong;
DROP TABLE floating_population;
