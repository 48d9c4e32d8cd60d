"""Settings, one module per door: casework (with field and exchange), public, test."""
