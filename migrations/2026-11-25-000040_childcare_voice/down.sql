DROP TABLE childcare_voice;
