"""Titles, roles and small words that people put before or after a name: they tell nobody apart.

Words that are somebody's surname are left out, such as Dean, Du, Le, Ma and Ta.
"""

# Titles stand before a name, also in the name of who teaches.
HONORIFICS = """
    dr dra doc doctor doctora docteur prof professor professorin professeur professeure profesor
    profesora mr mrs ms mx miss mme mlle madame monsieur herr frau sr sra srta señor señora sir
    دكتور الدكتور دكتورة الدكتورة أستاذ الأستاذ أستاذة الأستاذة د أ 교수 교수님 教授 博士
"""
ROLES = """
    teacher teachers teaching instructor lecturer tutor assistant grader marker coach convenor
    convener coordinator course team staff faculty admin administrator moderator official head
    lehrer lehrerin dozent dozentin tutorin assistent assistentin leitung
    enseignant enseignante chargé chargée chargee cours assistante responsable équipe
    docente maestro maestra ayudante equipo معلم المعلم معلمة المعلمة مدرس المدرس مدرسة المدرسة
    phd msc bsc hon emeritus
    선생님 조교 강사 老师 老師 助教 講師 讲师 先生
"""
# What stands after a name and is nobody's surname: degrees, and titles where they follow.
AFTER_A_NAME = """
    phd msc bsc dphil edd mphil mba llm llb dr prof professor lecturer instructor emeritus emerita
    선생님 조교 강사 교수 교수님 老师 老師 教授 先生 博士 助教 講師 讲师
"""
# As in “your teacher, …” and “the real …”.
SMALL_WORDS = """
    the your our this real true only and for from here new
    der die das dein deine euer eure unser unsere und
    les votre notre nuestro nuestra
"""
# As in “iamrobin”: written to a name without a blank.
OF_ONESELF = "iam im its itsme thisis"
# As in “(she/her)”: beside a name they say nothing of whose it is.
PRONOUNS = """
    she her hers he him his they them theirs ze zir hir xe xem any all pronouns
    sie ihr er ihm elle il iel lui ella el él elles 她 他
"""
# What is written to a name without a blank.
JOINED = (
    "老师",
    "老師",
    "教授",
    "先生",
    "博士",
    "助教",
    "講師",
    "讲师",
    "선생님",
    "교수님",
    "교수",
    "조교",
    "강사",
)
