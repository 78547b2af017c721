"""The red flags as the rules print them, written a second time: what each gives alone, and what pairs give."""

from __future__ import annotations

HIGH = ["ces_bladder", "ces_bowel", "ces_saddle", "ces_sex", "ces_bilat", "motor_prog", "aaa", "cad_neuro"]
HIGH += ["cad_thunder", "gca_visual", "bp_180_symptoms", "diz_central", "diz_cardiac"]
MODERATE = ["motor_stable", "cord", "fx_trauma", "fx_osteo_multi", "inf_fever", "dvt_suspected", "cad_new"]
MODERATE += ["neck_trauma", "neck_instab", "gca", "bp_180", "diz_cardiac_old", "diz_severe"]
LOW = ["ca_hist", "wt_loss", "night_pain", "inf_risk", "pain_thoracic_new", "fx_osteo", "infl_bp"]
LOW += ["preg_or_post", "cad_risk", "cad_risk_multi", "neck_risk", "bp_140_179"]
LEVEL = dict.fromkeys(HIGH, 3) | dict.fromkeys(MODERATE, 2) | dict.fromkeys(LOW, 1)
TOGETHER = {
    ("cord", "ca_hist"): 3,
    ("fx_trauma", "cord"): 3,
    ("fx_trauma", "motor_stable"): 3,
    ("inf_fever", "inf_risk"): 3,
    ("ca_hist", "night_pain"): 2,
    ("ca_hist", "wt_loss"): 2,
    ("ca_hist", "pain_thoracic_new"): 2,
    ("night_pain", "wt_loss"): 2,
}
CES = {one for one in LEVEL if one.startswith("ces_")}
