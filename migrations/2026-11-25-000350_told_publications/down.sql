DROP TRIGGER tell_publications ON dataset_version;
DROP TRIGGER tell_publications ON analysis_run;
DROP FUNCTION tell_publications();
