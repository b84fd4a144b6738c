<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:@SOCKET@');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define("{$name}_KEY", "of a site for an hour, $name");
    define("{$name}_SALT", "of a site for an hour, $name, salt");
}
$table_prefix = 'wp_';
define('WP_DEBUG', false);
define('WP_HOME', 'http://localhost:@PORT@');
define('WP_SITEURL', 'http://localhost:@PORT@');
// Nothing runs beside the requests, and nobody outside is asked.
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
