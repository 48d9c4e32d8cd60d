"""An invented form with every kind of question, in two languages, for the pages that ask them."""

KINDS = """
| survey |
| | type | name | label::English (en) | label::Khmer (km) | hint::English (en) | hint::Khmer (km) | guidance_hint::English (en) | guidance_hint::Khmer (km) | appearance | parameters | required | constraint | constraint_message::English (en) | constraint_message::Khmer (km) | relevant | calculation | choice_filter | audio::English (en) | audio::Khmer (km) | image::English (en) | image::Khmer (km) |
| | note | hello | Read **this** first. | សូមអាន **នេះ** ជាមុន។ | | | | | | | | | | | | | | | | | |
| | text | told | What was told? | តើបានប្រាប់អ្វី? | In her own words | តាមពាក្យរបស់គាត់ | Do not press. | កុំបង្ខំ។ | | | | | | | | | | told.mp3 | told-km.mp3 | map.png | map.png |
| | text | story | Anything more? | មានអ្វីទៀតទេ? | | | | | multiline | | | | | | | | | | | | |
| | text | number_text | A telephone number | លេខទូរស័ព្ទ | | | | | numbers | | | | | | | | | | | | |
| | text | hidden | A word nobody reads | ពាក្យគ្មានអ្នកអាន | | | | | masked | | | | | | | | | | | | |
| | integer | age | How old? | អាយុប៉ុន្មាន? | | | | | | | yes | . < 120 | Too old. | ចាស់ពេក។ | | | | | | | |
| | decimal | weight | How heavy? | ទម្ងន់ប៉ុន្មាន? | | | | | thousands-sep | | | | | | | | | | | | |
| | calculate | twice | | | | | | | | | | | | | | ${age} * 2 | | | | | |
| | note | twice_said | Twice that is ${twice}. | ទ្វេដងគឺ ${twice}។ | | | | | | | | | | | ${age} > 0 | | | | | | |
| | range | sure | How sure? | ប្រាកដប៉ុនណា? | | | | | | start=1 end=5 step=1 | | | | | | | | | | | |
| | range | picked | How many rooms? | ប៉ុន្មានបន្ទប់? | | | | | picker | start=0 end=30 step=2 | | | | | | | | | | | |
| | range | far | How far? | ឆ្ងាយប៉ុនណា? | | | | | | start=0 end=1000 step=5 | | | | | | | | | | | |
| | select_one answer | safe | Is it safe? | តើមានសុវត្ថិភាពទេ? | | | | | quick | | | | | | | | | | | | |
| | select_one answer | small | Has she papers? | តើមានឯកសារទេ? | | | | | minimal | | | | | | | | | | | | |
| | select_one answer | agree | Do you agree? | តើយល់ព្រមទេ? | | | | | likert | | | | | | | | | | | | |
| | select_one answer or_other | other | Or what? | ឬអ្វី? | | | | | columns-2 | | | | | | | | | | | | |
| | select_multiple need | needs | What is needed? | តើត្រូវការអ្វី? | | | | | | | | | | | | | | | | | |
| | select_one_from_file provinces.csv | province | Which province? | ខេត្តណា? | | | | | | | | | | | | | | | | | |
| | select_one_from_file districts.csv | district | Which district? | ស្រុកណា? | | | | | autocomplete | | | | | | | | province=${province} | | | | |
| | rank need | order | What first? | អ្វីមុនគេ? | | | | | | | | | | | | | | | | | |
| | acknowledge | read | I explained it. | ខ្ញុំបានពន្យល់។ | | | | | | | | | | | | | | | | | |
| | date | met | Which day? | ថ្ងៃណា? | | | | | | | | | | | | | | | | | |
| | date | month | Which month? | ខែណា? | | | | | month-year | | | | | | | | | | | | |
| | date | year | Which year? | ឆ្នាំណា? | | | | | year | | | | | | | | | | | | |
| | time | hour | What time? | ម៉ោងប៉ុន្មាន? | | | | | | | | | | | | | | | | | |
| | datetime | moment | When exactly? | ពេលណាពិតប្រាកដ? | | | | | | | | | | | | | | | | | |
| | geopoint | here | Where are you? | តើអ្នកនៅឯណា? | | | | | | | | | | | | | | | | | |
| | geotrace | way | Which way? | តាមផ្លូវណា? | | | | | | | | | | | | | | | | | |
| | geoshape | area | Which area? | តំបន់ណា? | | | | | | | | | | | | | | | | | |
| | image | photo | A picture of the paper | រូបនៃឯកសារ | | | | | | | | | | | | | | | | | |
| | image | signed | Sign here | ចុះហត្ថលេខា | | | | | signature | | | | | | | | | | | | |
| | audio | voice | A voice | សំឡេង | | | | | | | | | | | | | | | | | |
| | video | film | A film | វីដេអូ | | | | | | | | | | | | | | | | | |
| | file | paper | A file | ឯកសារ | | | | | | | | | | | | | | | | | |
| | barcode | code | The code | កូដ | | | | | | | | | | | | | | | | | |
| | begin_group | together | On one screen | លើអេក្រង់តែមួយ | | | | | field-list | | | | | | | | | | | | |
| | select_one answer | kept | Does somebody keep the papers? | តើមាននរណាកាន់ឯកសារទេ? | | | | | | | | | | | | | | | | | |
| | text | who | Who? | នរណា? | | | | | | | yes | | | | ${kept} = 'yes' | | | | | | |
| | end_group | | | | | | | | | | | | | | | | | | | | |
| | begin_repeat | child | A child | កុមារ | | | | | | | | | | | | | | | | | |
| | text | child_name | What is the child called? | កុមារឈ្មោះអ្វី? | | | | | | | | | | | | | | | | | |
| | integer | child_age | How old is the child? | កុមារអាយុប៉ុន្មាន? | | | | | | | | | | | | | | | | | |
| | end_repeat | | | | | | | | | | | | | | | | | | | | |
| choices |
| | list_name | name | label::English (en) | label::Khmer (km) |
| | answer | yes | Yes | មាន |
| | answer | no | No | គ្មាន |
| | answer | not_known | Not known | មិនទាន់ដឹង |
| | need | food | Food | អាហារ |
| | need | doctor | A doctor | គ្រូពេទ្យ |
| | need | bed | A bed | គ្រែ |
| settings |
| | form_id | form_title | version | default_language |
| | kinds | Every kind | 1 | English (en) |
"""  # noqa: E501


def every_kind():
    """Return the XLSForm in Markdown."""
    return KINDS.encode()
