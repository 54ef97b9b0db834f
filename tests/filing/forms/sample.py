"""One invented set of answers for several forms."""

STORY = (
    "On 14 March 2023, at about five in the morning, four men in uniform came to our flat in the"
    " Sulaymaniyah quarter of Aleppo. They beat my husband in front of the children and took me"
    " with them. " * 14
).strip()


def _child(given, day, sex, **more):
    return {
        "name": {"family": "Al-Khatib", "given": given},
        "birth": {"date": day, "city": "Beirut", "country": "Lebanon"},
        "nationality": "Syria",
        "sex": sex,
        "marital_status": "Single",
        **more,
    }


ANSWERS = {
    "applicant": {
        "name": {
            "family": "Al-Khatib",
            "given": "Leïla",
            "middle": "Zahra",
            "native": "ليلى زهرة الخطيب",
        },
        "a_number": "A012 345 678",
        "home": {
            "street": "1450 Meridian Place NW",
            "unit": "4B",
            "unit_kind": "apt",
            "city": "Washington",
            "state": "DC",
            "zip": "20010",
        },
        "mailing": {
            "street": "1450 Meridian Place NW",
            "unit": "4B",
            "unit_kind": "apt",
            "city": "Washington",
            "state": "DC",
            "zip": "20010",
        },
        "phone": {"day": "(202) 555-0123"},
        "sex": "female",
        "marital_status": "married",
        "birth": {"date": "1988-02-29", "city": "Aleppo", "country": "Syria"},
        "nationality": "Syria",
        "court_proceedings": "never",
        "i94": "123456789A1",
        "entry": [{"date": "2024-11-03", "place": "Dulles, VA", "status": "B-2"}],
    },
    "spouse": {
        "name": {"family": "Al-Khatib", "given": "Samir"},
        "in_us": False,
        "location": "Beirut, Lebanon",
    },
    "children": [
        _child("Yousef", "2012-01-09", "male", in_us=True, included=True),
        _child("Mariam", "2015-05-21", "female", in_us=True, included=True),
        _child("Nour", "2019-08-02", "female", in_us=False, location="Beirut, Lebanon"),
    ],
    "asylum": {
        "grounds": ["political_opinion", "religion"],
        "past_harm": True,
        "past_harm_story": {"value": STORY, "source": {"file": "sha256:2b", "page": 4}},
    },
    "attorney": {
        "name": {"family": "Okafor", "given": "Ngozi"},
        "address": {
            "street": "90 K Street NE",
            "unit": "1200",
            "unit_kind": "ste",
            "city": "Washington",
            "state": "District of Columbia",
            "zip": "20002",
        },
        "is_attorney": True,
        "restricted": False,
    },
    "g28": {"before_uscis": True, "uscis_matter": "I-589, I-765", "client_is": "applicant"},
    "i765": {"reason": "initial", "category": {"first": "c", "second": "8"}},
}
