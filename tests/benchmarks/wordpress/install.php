<?php
// php install.php SITE SOCKET PORT POSTS COMMENTS COMMENTS_ON_ONE_POST: prints the keys of that post and of forty others.
[, $site, $socket, $port, $posts, $comments, $onPost] = $argv;
$_SERVER['HTTP_HOST'] = "localhost:$port";
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REMOTE_ADDR'] = '127.0.0.1';
(new mysqli('localhost', 'root', '', '', 0, $socket))->query('CREATE DATABASE wordpress CHARACTER SET utf8mb4');
define('WP_INSTALLING', true);
require "$site/wp-load.php";
require "$site/wp-admin/includes/upgrade.php";
add_filter('pre_wp_mail', '__return_true');
wp_install('Bench', 'admin', 'admin@example.edu', true, '', 'not a secret');
update_option('comment_moderation', 0);
update_option('comment_previously_approved', 0);
update_option('page_comments', 0);

mt_srand(7);
function words(int $count): string
{
    $found = [];
    for ($n = 0; $n < $count; $n++) {
        $found[] = 'w' . min(mt_rand(0, 899), mt_rand(0, 899));
    }
    return implode(' ', $found);
}

global $wpdb;
$wpdb->query('START TRANSACTION');
$keys = [];
for ($n = 0; $n < $posts; $n++) {
    $paragraphs = array_map(fn() => '<!-- wp:paragraph --><p>' . words(75) . '</p><!-- /wp:paragraph -->', range(1, 8));
    $date = gmdate('Y-m-d H:i:s', time() - 86400 * 70 + 600 * $n);
    $keys[] = wp_insert_post([
        'post_title' => "Post $n", 'post_content' => implode("\n\n", $paragraphs), 'post_status' => 'publish',
        'post_author' => 1, 'post_date' => $date, 'post_date_gmt' => $date,
    ]);
}
$measured = $keys[0];
for ($n = 0; $n < $comments; $n++) {
    $post = $n < $onPost ? $measured : $keys[1 + mt_rand(0, $posts - 2)];
    wp_insert_comment([
        'comment_post_ID' => $post, 'comment_content' => words(40), 'comment_author' => 'Person ' . ($n % 39),
        'comment_author_email' => 'person' . ($n % 39) . '@example.edu', 'comment_approved' => 1,
        'comment_date' => gmdate('Y-m-d H:i:s', time() - 86400 * 9 + $n),
    ]);
}
$wpdb->query('COMMIT');
echo "\n", implode(' ', array_slice($keys, 0, 41)), "\n";
