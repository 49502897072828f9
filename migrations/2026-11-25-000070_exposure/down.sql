DROP TABLE economy_exposure;
