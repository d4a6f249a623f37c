"""What the codes of the data are called: texts in English, which the catalogues translate."""

STAGES = {
    "rumoured": "rumoured", "proposed": "proposed", "announced": "announced",
    "under_way": "under way", "completed": "completed", "delayed": "delayed",
    "cancelled": "cancelled", "denied": "denied",
}  # fmt: skip
PURPOSES = {
    "data_centres": "data centres", "cloud": "cloud", "ai": "AI", "research": "research",
    "skills": "skills", "startups": "startups", "semiconductors": "semiconductors",
    "networks": "networks", "energy": "energy", "public_sector": "public sector",
    "logistics": "logistics", "general": "not said",
}  # fmt: skip
KINDS = {
    "gpus": "GPUs", "megawatts": "megawatts", "jobs": "jobs", "jobs_supported": "jobs supported",
    "people_trained": "people trained", "startups": "startups", "data_centres": "data centres",
    "sites": "sites", "researchers": "researchers",
}  # fmt: skip
ROLES = {"new": "news", "earlier": "background", "total": "total"}
FIELDS = {
    "investors": "Investors", "recipient": "Recipient", "destinations": "Destinations",
    "places": "Places", "amount": "Amount", "deliverables": "Deliverables", "purposes": "Purposes",
    "announced": "Announced", "term": "Term", "stage": "Stage", "role": "Role",
    "relations": "Relations", "evidence": "Evidence",
}  # fmt: skip
RELATIONS = {
    "part_of": "Part of", "total_of": "Total of", "replaces": "Replaces", "adds_to": "Adds to",
}  # fmt: skip
NAMED_BY = {"replaces": "Replaced by", "adds_to": "Added to by"}
REASONS = {
    "counts": "counts", "counts; no sum is told": "counts; no sum is told",
    "the part of a total that no known pledge names": "the part of a total that no known pledge names",
    "counts through its parts": "counts through its parts",
    "within the rounding of the total": "within the rounding of the total",
    "replaced by a newer plan": "replaced by a newer plan",
    "part of a plan that was given up later": "part of a plan that was given up later",
    "inside a total in a currency without a rate": "inside a total in a currency without a rate",
    "only rumoured": "only rumoured", "only proposed": "only proposed", "cancelled": "cancelled",
    "denied": "denied", "rejected by a reviewer": "rejected by a reviewer",
    "already spent": "already spent",
    "a total of no known parts, most of which counts under other names":
        "a total of no known parts, most of which counts under other names",
    "no sum is told": "no sum is told",
    "no rate to the currency of the total": "no rate to the currency of the total",
    "outside the period": "outside the period",
}  # fmt: skip
FLAGS = {
    "open-above": "or more", "about": "about", "repaired": "figure repaired",
    "implied": "follows from other figures", "delayed": "delayed", "joint": "joint pledge",
    "several-destinations": "several destinations", "overdue": "overdue", "stale": "no news for two years",
    "uncorroborated": "too few sources", "parts-exceed-total": "parts exceed the total",
    "parts-presumed": "parts presumed", "parts-unconverted": "a part has no rate",
    "conflicting-amounts": "figures disagree", "wrong-currency": "currencies disagree",
    "factor-1000": "figures differ by a factor of 1,000", "contradicting-decisions": "decisions contradict",
    "read-unsurely": "large, told once, and read without certainty",
}  # fmt: skip
CHANGES = {
    "new": "new", "replaced": "replaced", "delayed": "delayed", "cancelled": "cancelled",
    "denied": "denied", "under_way": "under way", "completed": "completed",
    "announced": "announced", "conflict": "in conflict",
}  # fmt: skip
DECISIONS = {
    "same": "merged", "different": "split", "set": "corrected", "reject": "rejected",
    "undo": "undone", "accept": "accepted",
}  # fmt: skip

SINGULAR = {
    "gpus": "GPU", "megawatts": "megawatt", "jobs": "job", "jobs_supported": "job supported",
    "people_trained": "person trained", "startups": "startup", "data_centres": "data centre", "sites": "site",
    "researchers": "researcher",
}  # fmt: skip
GROUPS = {
    "country": "Country", "region": "Region", "subregion": "Subregion", "investor": "Investor",
    "recipient": "Recipient", "place": "Place", "purpose": "Purpose", "stage": "Stage", "role": "Role",
    "year": "Year", "quarter": "Quarter", "month": "Month", "spending-year": "Year of spending",
    "currency": "Currency",
}  # fmt: skip
COLUMNS = {
    "key": "Code", "country": "Country code", "name": "Name", "investor": "Investor", "central": "central",
    "high": "high", "counted": "counts", "announced": "Announced", "id": "Id",
}  # fmt: skip
BASES = {"metadata": "metadata", "byline": "byline", "inferred": "inferred", "unknown": "unknown"}
NOTES = {
    "map": "Each shade stands for about three times as much as the one before. Small countries are dots; money for "
    "several countries together is not on the map. Borders:",
    "timeline": "A dot for each pledge with a sum and a day; hollow dots do not count. The scale is logarithmic: each "
    "line is ten times the one below.",
    "flow": "Joint pledges are divided into equal shares for this picture only. Widths grow with the square root of "
    "the sum, so that the largest does not hide the rest.",
    "delivered": "Pale bars do not count. Overdue on {day}: the term has ended and nobody tells of completion.",
    "ranking": "Central figures; the light end of a bar reaches up to the high one.",
}
QUALIFIERS = {"about": "about {sum}", "at_least": "at least {sum}", "up_to": "up to {sum}"}
BASIS = {"repaired": "repaired", "implied": "implied"}
# Each language by its own name: a list, and no texts to be translated.
AUTONYMS = (
    "ar العربية|bg български|ca català|cs čeština|da dansk|de Deutsch|el ελληνικά|en English|es español|et eesti|"
    "fa فارسی|fi suomi|fr français|he עברית|hi हिन्दी|hr hrvatski|hu magyar|id Indonesia|it italiano|"
    "ja 日本語|ko 한국어|lt lietuvių|lv latviešu|mk македонски|ms Melayu|nb norsk|nl Nederlands|nn nynorsk|pl polski|"
    "pt português|ro română|ru русский|sk slovenčina|sl slovenščina|sr српски|sv svenska|th ไทย|tr Türkçe|"
    "uk українська|vi Tiếng Việt|zh 中文"
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SCALES = {"tn": "tn", "bn": "bn", "M": "M"}
