-- Takes away what install.sql made.
DROP TRIGGER IF EXISTS coworking_analytics_inserting;
DROP TRIGGER IF EXISTS coworking_analytics_inserted;
DROP TRIGGER IF EXISTS coworking_analytics_updating;
DROP TRIGGER IF EXISTS coworking_analytics_updated;
DROP TRIGGER IF EXISTS coworking_analytics_moved;
DROP TRIGGER IF EXISTS coworking_analytics_deleted;
DROP VIEW IF EXISTS coworking_analytics_change;
DROP TABLE IF EXISTS coworking_analytics_days;
DROP TABLE IF EXISTS coworking_analytics_hours;
DROP TABLE IF EXISTS coworking_analytics_users;
DROP TABLE IF EXISTS coworking_analytics_state;
DROP TABLE IF EXISTS coworking_analytics_replaced;
