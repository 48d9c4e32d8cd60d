"""What the person said yes and no to goes last: it proves on what every look rested."""

PARTS = {
    "records": (
        "delete from consent_consent where case_number = of_number",
        "delete from consent_guardian where case_number = of_number",
        "delete from consent_stop where case_number = of_number",
    ),
}
