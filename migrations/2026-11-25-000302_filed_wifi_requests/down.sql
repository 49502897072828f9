DROP TABLE wifi_request_end;
DROP TABLE filed_wifi_request;
