"""A review's pages, a file each idea."""

from wherewithal_web.analyse.reviews.views.account import (
    account,
    ask_again,
    flow_file,
    log_csv,
    rankings_csv,
    searches_csv,
)
from wherewithal_web.analyse.reviews.views.agreeing import differ, settle
from wherewithal_web.analyse.reviews.views.earlier import earlier, use_earlier, withdraw_earlier
from wherewithal_web.analyse.reviews.views.folder import folder
from wherewithal_web.analyse.reviews.views.protocol import protocol, write_protocol
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
    "ask_again",
    "attach_text",
    "begin_check",
    "bring_in",
    "decide_to_stop",
    "differ",
    "earlier",
    "flow_file",
    "folder",
    "full_text",
    "home",
    "kept_ris",
    "left_out",
    "left_out_csv",
    "log_csv",
    "next_record",
    "place_texts",
    "protocol",
    "rankings_csv",
    "record",
    "records",
    "remark",
    "remove_text",
    "searches_csv",
    "settle",
    "stopping",
    "text_file",
    "texts",
    "use_earlier",
    "withdraw_earlier",
    "write_protocol",
]
