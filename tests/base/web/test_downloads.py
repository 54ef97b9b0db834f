from django.http import HttpResponse

from amparo.base.web.downloads import as_attachment


def test_a_file_is_saved_under_a_plain_name_and_kept_by_no_cache() -> None:
    answer = as_attachment(HttpResponse(b"x"), 'A "v." State/1.pdf')
    assert answer["Content-Disposition"] == 'attachment; filename="A--v.--State-1.pdf"'
    assert answer["Cache-Control"] == "no-store, private"


def test_a_name_in_another_script_is_kept() -> None:
    answer = as_attachment(HttpResponse(b"x"), "سند.pdf")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%D8%B3%D9%86%D8%AF.pdf"
