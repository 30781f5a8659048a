"""A review's pages, a file each idea."""

from wherewithal_web.analyse.reviews.views.account import (
    account,
    flow_file,
    log_csv,
    rankings_csv,
    searches_csv,
)
from wherewithal_web.analyse.reviews.views.agreeing import differ, settle
from wherewithal_web.analyse.reviews.views.extracting import (
    answer,
    find_numbers,
    keep_in_spite,
    new_result,
    result,
    withdraw,
)
from wherewithal_web.analyse.reviews.views.pasting import paste
from wherewithal_web.analyse.reviews.views.planning import plan, plan_instrument, plan_outcome, write_plan
from wherewithal_web.analyse.reviews.views.protocol import protocol, write_protocol
from wherewithal_web.analyse.reviews.views.reconciling import reconcile
from wherewithal_web.analyse.reviews.views.screening import full_text, next_record, record, remark
from wherewithal_web.analyse.reviews.views.searches import (
    bring_in,
    home,
    kept_ris,
    left_out,
    left_out_csv,
    records,
)
from wherewithal_web.analyse.reviews.views.stopping import begin_check, decide_to_stop, stopping
from wherewithal_web.analyse.reviews.views.studies import (
    arms,
    extracted_csv,
    extracted_json,
    join_study,
    make_studies,
    studies,
    study,
    take_apart,
)
from wherewithal_web.analyse.reviews.views.texts import (
    attach_text,
    place_texts,
    remove_text,
    text_file,
    texts,
)
from wherewithal_web.analyse.reviews.views.threads import add_record, add_screening

__all__ = [
    "account",
    "add_record",
    "add_screening",
    "answer",
    "arms",
    "attach_text",
    "begin_check",
    "bring_in",
    "decide_to_stop",
    "differ",
    "extracted_csv",
    "extracted_json",
    "find_numbers",
    "flow_file",
    "full_text",
    "home",
    "join_study",
    "keep_in_spite",
    "kept_ris",
    "left_out",
    "left_out_csv",
    "log_csv",
    "make_studies",
    "new_result",
    "next_record",
    "paste",
    "place_texts",
    "plan",
    "plan_instrument",
    "plan_outcome",
    "protocol",
    "rankings_csv",
    "reconcile",
    "record",
    "records",
    "remark",
    "remove_text",
    "result",
    "searches_csv",
    "settle",
    "stopping",
    "studies",
    "study",
    "take_apart",
    "text_file",
    "texts",
    "withdraw",
    "write_plan",
    "write_protocol",
]
