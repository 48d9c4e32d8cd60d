"""Days in words with the words for month and year; instants by the clock of 24 hours."""

DATE_FORMAT = "j ខែF ឆ្នាំ Y"
DATETIME_FORMAT = "j ខែF ឆ្នាំ Y, H:i"
