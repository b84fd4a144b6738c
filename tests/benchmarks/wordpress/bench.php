<?php
// Each request names its theme in a cookie, so that both are measured by turns.
$theme = $_COOKIE['theme'] ?? '';
if (in_array($theme, ['twentytwentyone', 'twentytwentythree'], true)) {
    add_filter('pre_option_template', fn() => $theme);
    add_filter('pre_option_stylesheet', fn() => $theme);
}
// One address may comment as often as it likes, and without waiting for anybody.
add_filter('wp_is_comment_flood', '__return_false', 99);
remove_all_filters('check_comment_flood');
add_filter('pre_comment_approved', fn() => 1, 99);
add_filter('redirect_canonical', '__return_false');
