"""What of meetings and cases is erased, and when. The province and the month stay, for counting."""

PARTS = {
    "location": (
        """update encounter_encounter set place_code = left(lpad(place_code, 2, '0'), 2),
          met_at = date_trunc('month', met_at, 'Asia/Phnom_Penh') where case_id = of_number""",
        "delete from encounter_safecontact where case_id = of_number",
    ),
    "person": (
        "update encounter_encounter set urgent_needs = '{}' where case_id = of_number",
        """update encounter_case set language = '', erased_at = clock_timestamp()
          where number = of_number""",
    ),
}
