"""
The headings that LMS, registrars and people write over the columns that say who somebody is.

As `heading_key` writes them: in small letters, without blanks, signs and accents. Languages follow
each other: English, Romance, Germanic, Nordic, Slavic and others of Europe, then scripts from west
to east.
"""

WORDS = {
    "email": """
        email emailaddress emailid mail mailaddress emails primaryemail univemail
        studentemail universityemail schoolemail emailaddresses contactemail courriel
        adressedecourriel adresseelectronique adresseemail adressemail adressedemessagerie
        adressecourriel correo correoelectronico direcciondecorreo direccionemail
        direcciondecorreoelectronico mailadresse emailadresse eposta epostadress epostadresse
        epostadresi posta indirizzoemail indirizzodipostaelettronica postaelettronica
        enderecodeemail enderecodecorreioeletronico sahkoposti sahkopostiosoite adresemail
        adrespocztyelektronicznej ee emailcim adresadeemail электроннаяпочта почта
        адресэлектроннойпочты електроннапошта ηλεκτρονικοταχυδρομειο البريدالالكتروني
        البريدالإلكتروني بريدالكتروني ایمیل پستالکترونیک דואל דואראלקטרוני ईमेल 电子邮件
        电子邮箱 邮箱 邮件 電子郵件 電郵 信箱 メール メールアドレス 電子メール 이메일 메일
        전자우편 diachiemail thudientu surel alamatemail
    """,
    "name": """
        name fullname student studentname students names displayname learner learnername
        participant participantname legalname preferredname nom nomcomplet nometprenom
        nomprenom etudiant nombre nombrecompleto nombreyapellidos apellidosynombre alumno
        estudiante nome nomecompleto nomeecognome cognomeenome aluno studente nameundvorname
        vollstandigername studierende naam volledigenaam fulltnamn namn navn nimi
        imieinazwisko nazwiskoiimie jmenoaprijmeni nume imeiprezime teljesnev nev adsoyad
        adisoyadi фио имяифамилия піб ονοματεπωνυμο الاسم اسم الاسمالكامل نام שם שםמלא नाम
        姓名 学生姓名 學生姓名 名字 氏名 名前 이름 성명 hoten hovaten hotensinhvien nama
        namalengkap
    """,
    "sortable_name": "sortablename",
    "short_name": "shortname knownas",
    "family_name": """
        lastname surname familyname last lname studentlast lastnames surnames studentlastname
        nomdefamille patronyme apellido apellidos nachname familienname sobrenome apelido
        cognome achternaam familienaam efternamn etternavn efternavn sukunimi nazwisko
        prijmeni priezvisko vezeteknev csaladnev numedefamilie prezime familienavn
        familiename soyad soyadi фамилия прізвище επωνυμο επιθετο اسمالعائلة اللقب الكنية
        نامخانوادگی שםמשפחה उपनाम कुलनाम 姓 姓氏 名字姓 苗字 성 ho namabelakang
    """,
    "given_name": """
        firstname givenname forename first fname given studentfirst firstnames
        studentfirstname studentfirstmiddle firstmiddle givennames forenames prenom prenoms
        nombredepila primernombre vorname rufname primeironome voornaam fornamn fornavn
        etunimi imie jmeno krestnijmeno ime meno keresztnev utonev prenume adi имя ім’я імя
        ονομα الاسمالاول الاسمالأول نامکوچک שםפרטי पहलानाम प्रथमनाम 名 ten namadepan
    """,
    "middle_name": "middlename middle mi middleinitial отчество побатькові",
    "preferred_first_name": "preferredfirstname preferredgivenname nickname",
    "username": """
        username usernames user userid nomdutilisateur identifiant nombredeusuario usuario
        benutzername anmeldename nomedeusuario nomeutente gebruikersnaam anvandarnamn
        brukernavn brugernavn kayttajatunnus nazwauzytkownika uzivatelskejmeno felhasznalonev
        numeutilizator kullaniciadi имяпользователя логин логін ονομαχρηστη اسمالمستخدم
        نامکاربری שםמשתמש 用户名 使用者名稱 ユーザー名 사용자이름 tendangnhap namapengguna
    """,
    "login": "sisloginid loginid login netid kerberos uniqname",
    "sis_id": "sisuserid sisid studentsisid",
    "canvas_id": "canvasuserid ltiuserid",
    "org_defined_id": "orgdefinedid",
    "integration_id": "integrationid",
    "source_id": "sourcedid",
    "participant_id": "identifier identifiantparticipant",
    "student_id": """
        studentid studentno studentnumber studentnr studentnum studentids sid emplid perm
        permid permnumber idnumber idno vnumber matriculationnumber registrationnumber
        universityid schoolid bannerid campusid numerodidentification numeroetudiant
        codeetudiant numerodealumno numerodeidentificacion matricula codigo codigodealumno
        matrikelnummer matrikelnr matrnr numerodematricula numeromatricola matricola
        studentnummer studienummer opiskelijanumero numeralbumu osobnicislo neptunkod
        numarmatricol ogrencino ogrencinumarasi номерзачетки номерзачетнойкнижки
        αριθμοςμητρωου الرقمالجامعي رقمالطالب شمارهدانشجویی מספרסטודנט ת״ז तस छात्रसंख्या 学号
        學號 学籍番号 学生番号 학번 masinhvien mssv mahocvien nim nomorindukmahasiswa
    """,
    "id": "id studentuserid",
    "section": """
        section sections sectionid sectionname sec class classsection childcourseid
        labsection coursesection grupodeclase kurs abteilung seccion turma sezione sectie
        sekcja секция 班级 班級 クラス 반 분반 kelas lop crn
    """,
    "pod": """
        group groups groupname pod pods team teams teamname group1 groupe groupes grupo
        grupos gruppe gruppen gruppo gruppi groep groepen grupp ryhma grupa skupina csoport
        grup группа група ομαδα المجموعة مجموعة گروه קבוצה समूह 小组 小組 组 グループ 조 그룹
        nhom kelompok
    """,
    "role": """
        role roles role1 type1 rol rolle papel ruolo rolnik rooli rola роль ρολος الدور نقش
        תפקיד भूमिका 角色 役割 역할 vaitro peran
    """,
    "status": """
        status enrollmentstatus enrolmentstatus registrationstatus statusnote regstatus etat
        statut estado stato tila стан статус وضعیت الحالة סטטוס स्थिति 状态 狀態 状態 상태
        trangthai
    """,
    "available": "availability available enableduser isactive",
    "deleted": "deleted",
    "suspended": "suspended suspendu suspendido gesperrt",
    "enrolment_suspended": "enrolstatus1",
    "password": """
        password passwort motdepasse contrasena clave senha parola wachtwoord losenord
        passord adgangskode salasana haslo heslo jelszo sifre пароль κωδικος كلمةالمرور
        رمزعبور סיסמה पासवर्ड 密码 密碼 パスワード 비밀번호 matkhau katasandi ssha password1
        sshapassword pin passwd pwd
    """,
    "pronouns": "pronoun pronouns pronoms pronombres pronomen profilefieldpronouns",
    "rubric": """
        rubricname criterianame criteriadescription criteriaenablerange ratingname
        ratingdescription ratingpoints
    """,
    "group_id": "canvasgroupid groupid groupidnumber",
    "course": "courseid course1 rootaccount",
    "github": "githubusername githubid",
}
