from django.urls import path, re_path

from wherewithal_web.analyse.reviews import views
from wherewithal_web.analyse.reviews.models import ScreeningStage

app_name = "reviews"

urlpatterns = [
    path("cases/<slug:slug>/reviews/", views.home, name="home"),
    path("cases/<slug:slug>/reviews/bring-in/", views.bring_in, name="bring_in"),
    path("cases/<slug:slug>/reviews/bring-in/<int:pk>/columns/", views.columns, name="columns"),
    path("cases/<slug:slug>/reviews/bring-in/<int:pk>/drop/", views.drop_search, name="drop_search"),
    path("cases/<slug:slug>/reviews/living/", views.living, name="living"),
    path("cases/<slug:slug>/reviews/living/add/", views.add_living, name="add_living"),
    path("cases/<slug:slug>/reviews/living/asked.csv", views.living_csv, name="living_csv"),
    path("cases/<slug:slug>/reviews/living/<int:number>/change/", views.change_living, name="change_living"),
    path("cases/<slug:slug>/reviews/living/<int:number>/now/", views.run_living, name="run_living"),
    path("cases/<slug:slug>/reviews/living/<int:number>/<slug:to>/", views.turn_living, name="turn_living"),
    path("cases/<slug:slug>/reviews/protocol/", views.protocol, name="protocol"),
    path("cases/<slug:slug>/reviews/protocol/write/", views.write_protocol, name="write_protocol"),
    path("cases/<slug:slug>/reviews/next/", views.next_record, name="next"),
    path(
        "cases/<slug:slug>/reviews/next/full-text/",
        views.next_record,
        {"stage": ScreeningStage.FULL_TEXT.value},
        name="next_full_text",
    ),
    path("cases/<slug:slug>/reviews/account/", views.account, name="account"),
    re_path(
        r"^cases/(?P<slug>[-\w]+)/reviews/account/flow\.(?P<ending>svg|csv|docx)$",
        views.flow_file,
        name="flow_file",
    ),
    path("cases/<slug:slug>/reviews/account/again/", views.ask_again, name="ask_again"),
    path("cases/<slug:slug>/reviews/account/folder.zip", views.folder, name="folder"),
    path("cases/<slug:slug>/reviews/account/log.csv", views.log_csv, name="log_csv"),
    path("cases/<slug:slug>/reviews/account/orders.csv", views.rankings_csv, name="rankings_csv"),
    path("cases/<slug:slug>/reviews/account/searches.csv", views.searches_csv, name="searches_csv"),
    path("cases/<slug:slug>/reviews/account/duplicates.csv", views.duplicates_csv, name="duplicates_csv"),
    path(
        "cases/<slug:slug>/reviews/account/decisions-about-duplicates.csv",
        views.rulings_csv,
        name="rulings_csv",
    ),
    path("cases/<slug:slug>/reviews/duplicates/", views.duplicates, name="duplicates"),
    path("cases/<slug:slug>/reviews/duplicates/next/", views.next_pair, name="next_pair"),
    path("cases/<slug:slug>/reviews/duplicates/look/", views.look_again, name="look_again"),
    path(
        "cases/<slug:slug>/reviews/duplicates/<int:one>/<int:other>/",
        views.duplicate_pair,
        name="duplicate_pair",
    ),
    path("cases/<slug:slug>/reviews/duplicates/<int:pk>/", views.duplicate_group, name="duplicate_group"),
    path(
        "cases/<slug:slug>/reviews/duplicates/<int:pk>/out/",
        views.take_out_of_group,
        name="take_out_of_group",
    ),
    path(
        "cases/<slug:slug>/reviews/duplicates/<int:pk>/apart/",
        views.take_group_apart,
        name="take_group_apart",
    ),
    path("cases/<slug:slug>/reviews/records/<int:pk>/compare/", views.compare, name="compare"),
    path("cases/<slug:slug>/reviews/appraisals/", views.appraisals, name="appraisals"),
    path(
        "cases/<slug:slug>/reviews/appraisals/<slug:instrument>.csv",
        views.appraisals_csv,
        name="appraisals_csv",
    ),
    path("cases/<slug:slug>/reviews/appraisals/<int:study>/<int:number>/", views.appraisal, name="appraisal"),
    path(
        "cases/<slug:slug>/reviews/appraisals/<int:study>/<int:number>/judge/",
        views.judge_appraisal,
        name="judge_appraisal",
    ),
    path(
        "cases/<slug:slug>/reviews/appraisals/<int:study>/<int:number>/settle/",
        views.settle_appraisal,
        name="settle_appraisal",
    ),
    path(
        "cases/<slug:slug>/reviews/appraisals/<int:study>/<int:number>/questions/<slug:domain>/",
        views.appraise,
        name="appraise",
    ),
    path("cases/<slug:slug>/reviews/stopping/", views.stopping, name="stopping"),
    path("cases/<slug:slug>/reviews/stopping/check/", views.begin_check, name="begin_check"),
    path("cases/<slug:slug>/reviews/stopping/decide/", views.decide_to_stop, name="decide_to_stop"),
    path("cases/<slug:slug>/reviews/differ/", views.differ, name="differ"),
    path("cases/<slug:slug>/reviews/records/<int:pk>/settle/", views.settle, name="settle"),
    path("cases/<slug:slug>/reviews/thread/", views.add_screening, name="add_screening"),
    path("cases/<slug:slug>/reviews/left-out/", views.left_out, name="left_out"),
    path("cases/<slug:slug>/reviews/left-out.csv", views.left_out_csv, name="left_out_csv"),
    path("cases/<slug:slug>/reviews/kept.ris", views.kept_ris, name="kept_ris"),
    path("cases/<slug:slug>/reviews/records/", views.records, name="records"),
    path("cases/<slug:slug>/reviews/records/<int:pk>/", views.record, name="record"),
    path(
        "cases/<slug:slug>/reviews/records/<int:pk>/full-text/",
        views.record,
        {"stage": ScreeningStage.FULL_TEXT.value},
        name="record_full_text",
    ),
    path("cases/<slug:slug>/reviews/records/<int:pk>/remark/", views.remark, name="remark"),
    path("cases/<slug:slug>/reviews/records/<int:pk>/where/", views.full_text, name="full_text"),
    path("cases/<slug:slug>/reviews/records/<int:pk>/attach/", views.attach_text, name="attach_text"),
    path("cases/<slug:slug>/reviews/earlier/", views.earlier, name="earlier"),
    path("cases/<slug:slug>/reviews/earlier/use/", views.use_earlier, name="use_earlier"),
    path(
        "cases/<slug:slug>/reviews/earlier/<int:pk>/withdraw/",
        views.withdraw_earlier,
        name="withdraw_earlier",
    ),
    path("cases/<slug:slug>/reviews/texts/", views.texts, name="texts"),
    path("cases/<slug:slug>/reviews/texts/place/", views.place_texts, name="place_texts"),
    path("cases/<slug:slug>/reviews/texts/<int:pk>.pdf", views.text_file, name="text_file"),
    path("cases/<slug:slug>/reviews/texts/<int:pk>/remove/", views.remove_text, name="remove_text"),
    path("cases/<slug:slug>/reviews/records/<int:pk>/thread/", views.add_record, name="add_record"),
    path("cases/<slug:slug>/reviews/studies/", views.studies, name="studies"),
    path("cases/<slug:slug>/reviews/studies/make/", views.make_studies, name="make_studies"),
    path("cases/<slug:slug>/reviews/studies/extracted.csv", views.extracted_csv, name="extracted_csv"),
    path("cases/<slug:slug>/reviews/studies/extracted.json", views.extracted_json, name="extracted_json"),
    path("cases/<slug:slug>/reviews/studies/plan/", views.plan, name="plan"),
    path("cases/<slug:slug>/reviews/studies/plan/form/", views.write_plan, name="write_plan"),
    path("cases/<slug:slug>/reviews/studies/plan/outcomes/new/", views.plan_outcome, name="plan_outcome"),
    path(
        "cases/<slug:slug>/reviews/studies/plan/outcomes/<slug:key>/",
        views.plan_outcome,
        name="plan_outcome_change",
    ),
    path(
        "cases/<slug:slug>/reviews/studies/plan/measures/new/", views.plan_instrument, name="plan_instrument"
    ),
    path(
        "cases/<slug:slug>/reviews/studies/plan/measures/<slug:key>/",
        views.plan_instrument,
        name="plan_instrument_change",
    ),
    path("cases/<slug:slug>/reviews/studies/<int:number>/", views.study, name="study"),
    path("cases/<slug:slug>/reviews/studies/<int:number>/join/", views.join_study, name="join_study"),
    path("cases/<slug:slug>/reviews/studies/<int:number>/apart/", views.take_apart, name="take_apart"),
    path("cases/<slug:slug>/reviews/studies/<int:number>/arms/", views.arms, name="study_arms"),
    path("cases/<slug:slug>/reviews/studies/<int:number>/form/<int:section>/", views.answer, name="answer"),
    path("cases/<slug:slug>/reviews/studies/<int:number>/find/", views.find_numbers, name="find_numbers"),
    path(
        "cases/<slug:slug>/reviews/studies/<int:number>/full-text/", views.text_numbers, name="text_numbers"
    ),
    path("cases/<slug:slug>/reviews/studies/<int:number>/reconcile/", views.reconcile, name="reconcile"),
    path("cases/<slug:slug>/reviews/studies/<int:number>/paste/", views.paste, name="paste"),
    path("cases/<slug:slug>/reviews/studies/<int:number>/results/new/", views.new_result, name="new_result"),
    path("cases/<slug:slug>/reviews/studies/<int:number>/results/<int:result>/", views.result, name="result"),
    path(
        "cases/<slug:slug>/reviews/studies/<int:number>/results/<int:result>/keep/",
        views.keep_in_spite,
        name="keep_in_spite",
    ),
    path(
        "cases/<slug:slug>/reviews/studies/<int:number>/results/<int:result>/withdraw/",
        views.withdraw,
        name="withdraw",
    ),
    path("cases/<slug:slug>/reviews/outcomes/", views.outcomes, name="outcomes"),
    re_path(
        r"^cases/(?P<slug>[-\w]+)/reviews/outcomes/summary-of-findings\.(?P<ending>csv|docx)$",
        views.findings_file,
        name="findings_file",
    ),
    re_path(
        r"^cases/(?P<slug>[-\w]+)/reviews/outcomes/by-outcome-(?P<name>directions|harvest)\.csv$",
        views.across_csv,
        name="across_csv",
    ),
    path("cases/<slug:slug>/reviews/outcomes/<slug:key>/", views.outcome, name="outcome"),
    path("cases/<slug:slug>/reviews/outcomes/<slug:key>/network/", views.network, name="network"),
    path("cases/<slug:slug>/reviews/outcomes/<slug:key>/network/arms/", views.match_arms, name="match_arms"),
    path(
        "cases/<slug:slug>/reviews/outcomes/<slug:key>/network/settle/",
        views.settle_network,
        name="settle_network",
    ),
    path(
        "cases/<slug:slug>/reviews/outcomes/<slug:key>/network/thread/", views.add_network, name="add_network"
    ),
    re_path(
        r"^cases/(?P<slug>[-\w]+)/reviews/outcomes/(?P<key>[-\w]+)/network/answer\.(?P<ending>csv|docx|zip)$",
        views.network_file,
        name="network_file",
    ),
    re_path(
        r"^cases/(?P<slug>[-\w]+)/reviews/outcomes/(?P<key>[-\w]+)/network/charts/(?P<name>[a-z]+)\.(?P<ending>csv|svg)$",
        views.network_chart,
        name="network_chart",
    ),
    path(
        "cases/<slug:slug>/reviews/outcomes/<slug:key>/<slug:name>.csv", views.outcome_csv, name="outcome_csv"
    ),
    path(
        "cases/<slug:slug>/reviews/outcomes/<slug:key>/<slug:name>.svg",
        views.outcome_csv,
        {"ending": "svg"},
        name="outcome_svg",
    ),
    re_path(
        r"^cases/(?P<slug>[-\w]+)/reviews/outcomes/(?P<key>[-\w]+)/answer\.(?P<ending>docx|zip)$",
        views.outcome_file,
        name="outcome_file",
    ),
    path(
        "cases/<slug:slug>/reviews/outcomes/<slug:key>/settle/", views.settle_outcome, name="settle_outcome"
    ),
    path(
        "cases/<slug:slug>/reviews/outcomes/<slug:key>/certainty/",
        views.judge_certainty,
        name="judge_certainty",
    ),
    path("cases/<slug:slug>/reviews/outcomes/<slug:key>/thread/", views.add_outcome, name="add_outcome"),
    path("cases/<slug:slug>/reviews/outcomes/<slug:key>/words/", views.narrative, name="narrative"),
    re_path(
        r"^cases/(?P<slug>[-\w]+)/reviews/outcomes/(?P<key>[-\w]+)/words/answer\.(?P<ending>docx|csv)$",
        views.narrative_file,
        name="narrative_file",
    ),
    path(
        "cases/<slug:slug>/reviews/outcomes/<slug:key>/words/<slug:name>.csv",
        views.narrative_csv,
        name="narrative_csv",
    ),
    path(
        "cases/<slug:slug>/reviews/outcomes/<slug:key>/words/settle/",
        views.settle_narrative,
        name="settle_narrative",
    ),
    path(
        "cases/<slug:slug>/reviews/outcomes/<slug:key>/words/report/", views.write_report, name="write_report"
    ),
    path(
        "cases/<slug:slug>/reviews/outcomes/<slug:key>/words/certainty/",
        views.judge_narrative,
        name="judge_narrative",
    ),
    path(
        "cases/<slug:slug>/reviews/outcomes/<slug:key>/words/studies/<int:number>/",
        views.describe_direction,
        name="describe_direction",
    ),
    path(
        "cases/<slug:slug>/reviews/outcomes/<slug:key>/words/thread/",
        views.add_narrative,
        name="add_narrative",
    ),
    path("cases/<slug:slug>/reviews/alike/", views.alike, name="alike"),
    path("cases/<slug:slug>/reviews/alike/area/", views.describe_area, name="describe_area"),
    path("cases/<slug:slug>/reviews/alike/studies.csv", views.alike_csv, name="alike_csv"),
    path(
        "cases/<slug:slug>/reviews/alike/outcomes/<slug:key>.csv",
        views.alike_chart_csv,
        name="alike_chart_csv",
    ),
    path("cases/<slug:slug>/reviews/alike/<int:number>/", views.judge_likeness, name="judge_likeness"),
    path("cases/<slug:slug>/reviews/alike/thread/", views.add_alike, name="add_alike"),
]
