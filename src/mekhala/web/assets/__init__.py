"""What runs in the browser: styles, scripts and fonts, and the script that builds them."""
