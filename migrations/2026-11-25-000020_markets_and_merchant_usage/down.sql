DROP TABLE merchant_usage;
DROP TABLE area_sales;
DROP TABLE market;
