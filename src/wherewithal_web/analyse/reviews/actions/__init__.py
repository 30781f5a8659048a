"""Everything that changes a review, a file each idea."""

from wherewithal_web.analyse.reviews.actions.again import ask_again
from wherewithal_web.analyse.reviews.actions.appraising import (
    answer_domain,
    begin_appraisal,
    judge_domain,
    settle_appraisal,
)
from wherewithal_web.analyse.reviews.actions.arrivals import (
    bring_in_later,
    choose_columns,
    drop_search,
    header_fingerprint,
    keep_search,
)
from wherewithal_web.analyse.reviews.actions.deciding import Decided, decide, record_decision, settle
from wherewithal_web.analyse.reviews.actions.duplicates import (
    look_for_duplicates,
    rule_on_pair,
    take_group_apart,
    take_out_of_group,
)
from wherewithal_web.analyse.reviews.actions.earlier import (
    drop_earlier,
    preview_earlier,
    use_earlier,
    withdraw_earlier,
)
from wherewithal_web.analyse.reviews.actions.extracting import (
    add_comparison,
    answer_questions,
    find_numbers,
    give_result,
    keep_in_spite,
    keep_table,
    withdraw_result,
    write_plan,
)
from wherewithal_web.analyse.reviews.actions.likeness import (
    add_likeness_to_thread,
    describe_area,
    rule_on_likeness,
)
from wherewithal_web.analyse.reviews.actions.living import (
    change_living,
    keep_living,
    pause_living,
    resume_living,
    run_living,
    stop_living,
)
from wherewithal_web.analyse.reviews.actions.narrative import (
    add_narrative_to_thread,
    describe_direction,
    judge_narrative,
    settle_narrative,
    withdraw_direction,
    write_report,
)
from wherewithal_web.analyse.reviews.actions.networks import add_network_to_thread, match_arms, settle_network
from wherewithal_web.analyse.reviews.actions.outcomes import (
    add_outcome_to_thread,
    judge_certainty,
    refresh_outcomes,
    settle_outcome,
)
from wherewithal_web.analyse.reviews.actions.protocol import write_protocol
from wherewithal_web.analyse.reviews.actions.reconciling import settle_answer, settle_result
from wherewithal_web.analyse.reviews.actions.remarks import (
    add_note,
    attach_full_text,
    put_label,
    take_label_off,
)
from wherewithal_web.analyse.reviews.actions.reserving import reserve, reserve_next, to_renew
from wherewithal_web.analyse.reviews.actions.searches import import_records, store_search
from wherewithal_web.analyse.reviews.actions.stopping import begin_check, decide_to_stop
from wherewithal_web.analyse.reviews.actions.studying import (
    join_studies,
    make_studies,
    take_apart,
    write_arms,
)
from wherewithal_web.analyse.reviews.actions.texts import (
    attach_text,
    bring_texts,
    may_remove,
    place_texts,
    remove_text,
)
from wherewithal_web.analyse.reviews.actions.threads import add_record_to_thread, add_screening_to_thread

__all__ = [
    "Decided",
    "add_comparison",
    "add_likeness_to_thread",
    "add_narrative_to_thread",
    "add_network_to_thread",
    "add_note",
    "add_outcome_to_thread",
    "add_record_to_thread",
    "add_screening_to_thread",
    "answer_domain",
    "answer_questions",
    "ask_again",
    "attach_full_text",
    "attach_text",
    "begin_appraisal",
    "begin_check",
    "bring_in_later",
    "bring_texts",
    "change_living",
    "choose_columns",
    "decide",
    "decide_to_stop",
    "describe_area",
    "describe_direction",
    "drop_earlier",
    "drop_search",
    "find_numbers",
    "give_result",
    "header_fingerprint",
    "import_records",
    "join_studies",
    "judge_certainty",
    "judge_domain",
    "judge_narrative",
    "keep_in_spite",
    "keep_living",
    "keep_search",
    "keep_table",
    "look_for_duplicates",
    "make_studies",
    "match_arms",
    "may_remove",
    "pause_living",
    "place_texts",
    "preview_earlier",
    "put_label",
    "record_decision",
    "refresh_outcomes",
    "remove_text",
    "reserve",
    "reserve_next",
    "resume_living",
    "rule_on_likeness",
    "rule_on_pair",
    "run_living",
    "settle",
    "settle_answer",
    "settle_appraisal",
    "settle_narrative",
    "settle_network",
    "settle_outcome",
    "settle_result",
    "stop_living",
    "store_search",
    "take_apart",
    "take_group_apart",
    "take_label_off",
    "take_out_of_group",
    "to_renew",
    "use_earlier",
    "withdraw_direction",
    "withdraw_earlier",
    "withdraw_result",
    "write_arms",
    "write_plan",
    "write_protocol",
    "write_report",
]
