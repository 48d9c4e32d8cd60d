"""Records made up for the linker's tests, and pairs of them for property tests."""

from hypothesis import strategies as st

from mekhala.core.matching.records import COLUMNS
from mekhala.sample.registers import registers

NAMES = ("Sok Dara", "Dara Sok", "សុខ ដារា", "ស្រីមុំ", "Srey Mom", "Sreymom", "Mr. Sok Daro (Map)",
         "Nguyễn Thị Lan", "Chan", "Sok Sophea", "Chann Mealea", "", "unknown", "王力")  # fmt: skip
BIRTHS = ("1991-03-05", "05/03/1991", "1991-05-03", "1992-03-05", "about 1991", "year of the goat",
          "១៤ សីហា ២០០២", "1991", "1955", "", "01/01/1991", "1991-03-06")  # fmt: skip


def record(**said):
    """A record with every column, unknown where nothing is said."""
    return {column: said.get(column, "") for column in COLUMNS}


records = st.builds(
    record,
    full_name=st.sampled_from(NAMES),
    name_km=st.sampled_from(("", "សុខ ដារា", "ស្រីមុំ")),
    birth_date=st.sampled_from(BIRTHS),
    age=st.sampled_from(("", "20", "34")),
    age_on=st.sampled_from(("", "2026-03-01")),
    sex=st.sampled_from(("female", "M", "")),
    nationality=st.sampled_from(("KHM", "VNM", "")),
    national_id=st.sampled_from(("", "ID1234567", "ID1234568", "999000111")),
    phone=st.sampled_from(("", "012345678", "+855 12 345 678", "099888777")),
    father_name=st.sampled_from(("", "Sok Vibol", "វិបុល", "Chan Thy")),
    mother_name=st.sampled_from(("", "Keo Maly", "កែវ ម៉ាលី")),
    village_code=st.sampled_from(("", "01020304", "01020305")),
    district_code=st.sampled_from(("", "0102", "0103", "2010")),
    province_code=st.sampled_from(("", "01", "02", "nsw")),
    place_text=st.sampled_from(
        ("", "Treang District, Takeo Province", "8 Stanley Street Winston Hills",
         "12 Stanley Street Winston Hills", "Surin", "Battambang")
    ),
)  # fmt: skip


def sample(people, seed=1):
    """Records of the invented registers, and record (source, id) → true person."""
    found = list(registers(people, seed))
    truth = {(r.record["source"], r.record["record_id"]): r.person for r in found}
    return [r.record for r in found], truth
