"""The acts of support: the plan, help given, stays, the way home, notes, looking in later."""

from mekhala.pathway.aftercare.services.family import record_trace, start_trace
from mekhala.pathway.aftercare.services.follow_up import (
    months_after,
    note_try,
    plan_follow_ups,
    record_follow_up,
)
from mekhala.pathway.aftercare.services.going_home import (
    answer_return,
    give_up_return,
    name_kin,
    propose_return,
    screen_return,
    send_home,
    take_back_naming,
)
from mekhala.pathway.aftercare.services.notes import share_note, take_back_note, write_note
from mekhala.pathway.aftercare.services.plans import (
    Task,
    add_task,
    assess,
    finish_task,
    make_plan,
    move_stage,
    record_help,
)
from mekhala.pathway.aftercare.services.stays import begin_stay, leave, look_again
from mekhala.pathway.aftercare.services.taking_back import (
    take_back_follow_up,
    take_back_help,
    take_back_task,
)

__all__ = [
    "Task",
    "add_task",
    "answer_return",
    "assess",
    "begin_stay",
    "finish_task",
    "give_up_return",
    "leave",
    "look_again",
    "make_plan",
    "months_after",
    "move_stage",
    "name_kin",
    "note_try",
    "plan_follow_ups",
    "propose_return",
    "record_follow_up",
    "record_help",
    "record_trace",
    "screen_return",
    "send_home",
    "share_note",
    "start_trace",
    "take_back_follow_up",
    "take_back_help",
    "take_back_naming",
    "take_back_note",
    "take_back_task",
    "write_note",
]
