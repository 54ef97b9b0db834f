"""Small lists in the real forms of their publishers, with invented names."""

# ruff: noqa: E501  lines as publishers write them

from __future__ import annotations

import json

__all__ = ["EU", "FTM", "OFAC", "OFAC_CSV", "OWNERS", "PLAIN", "UN"]

OFAC = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
 <publshInformation><Publish_Date>11/20/2026</Publish_Date><Record_Count>2</Record_Count></publshInformation>
 <sdnEntry><uid>101</uid><firstName>Umar</firstName><lastName>HADDAD</lastName>
  <sdnType>Individual</sdnType><remarks>Commander.</remarks>
  <programList><program>HRIT-SY</program><program>SYRIA</program></programList>
  <idList><id><uid>9</uid><idType>Passport</idType><idNumber>N-445 566</idNumber><idCountry>Syria</idCountry></id></idList>
  <akaList>
   <aka><uid>1</uid><type>a.k.a.</type><category>strong</category><lastName>AL-HADDAD</lastName><firstName>Omar Ali</firstName></aka>
   <aka><uid>2</uid><type>a.k.a.</type><category>weak</category><lastName>THE FALCON</lastName></aka>
  </akaList>
  <addressList><address><uid>3</uid><city>Homs</city><country>Lebanon</country></address></addressList>
  <nationalityList><nationality><uid>4</uid><country>Syria</country><mainEntry>true</mainEntry></nationality></nationalityList>
  <dateOfBirthList><dateOfBirthItem><uid>5</uid><dateOfBirth>circa 1971</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList>
 </sdnEntry>
 <sdnEntry><uid>102</uid><lastName>KORVANA TRADING LLC</lastName><sdnType>Entity</sdnType>
  <programList><program>SYRIA</program></programList>
  <addressList><address><uid>7</uid><country>Lebanon</country></address></addressList>
 </sdnEntry>
</sdnList>"""

OFAC_CSV = (
    '101,"HADDAD, Umar","individual","HRIT-SY] [SYRIA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB circa 1971; alt. DOB 10 Dec 1972; nationality Syria; Passport N445566 (Syria)."\r\n'
    '102,"KORVANA TRADING LLC",-0- ,"SYRIA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a'
)

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" dateGenerated="2026-11-19T23:00:02.136Z">
 <INDIVIDUALS>
  <INDIVIDUAL><DATAID>690001</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>OMAR</FIRST_NAME>
   <SECOND_NAME>ALI</SECOND_NAME><THIRD_NAME>HADDAD</THIRD_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>
   <REFERENCE_NUMBER>QDi.901</REFERENCE_NUMBER><LISTED_ON>2014-09-23</LISTED_ON>
   <NAME_ORIGINAL_SCRIPT>عمر علي حداد</NAME_ORIGINAL_SCRIPT><COMMENTS1>Reviewed.</COMMENTS1>
   <NATIONALITY><VALUE>Syrian Arab Republic</VALUE></NATIONALITY>
   <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Abu Tareq</ALIAS_NAME></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1980</FROM_YEAR><TO_YEAR>1983</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X123</NUMBER><ISSUING_COUNTRY>Syria</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
  </INDIVIDUAL>
 </INDIVIDUALS>
 <ENTITIES><ENTITY><DATAID>690002</DATAID><FIRST_NAME>NORTHERN SHIELD BRIGADE</FIRST_NAME>
  <UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>CDe.901</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON>
  <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>NSB</ALIAS_NAME></ENTITY_ALIAS>
  <ENTITY_ADDRESS><COUNTRY>Democratic Republic of the Congo</COUNTRY></ENTITY_ADDRESS></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>"""

EU = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-18T10:15:31.000+01:00" globalFileId="160000">
 <sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.9001.1" logicalId="9001">
  <remark>Head of a branch.</remark>
  <regulation regulationType="regulation" publicationDate="2011-05-10" numberTitle="442/2011" programme="SYR" logicalId="1"><publicationUrl>x</publicationUrl></regulation>
  <regulation regulationType="amendment" publicationDate="2012-01-19" numberTitle="36/2012" programme="SYR" logicalId="2"/>
  <subjectType code="person" classificationCode="P"/>
  <nameAlias firstName="" middleName="" lastName="" wholeName="Умар Хаддад" gender="M" strong="true" logicalId="3"/>
  <nameAlias firstName="Umar" middleName="" lastName="Haddad" wholeName="" gender="M" strong="false" logicalId="4"/>
  <citizenship countryIso2Code="SY" countryDescription="SYRIA" logicalId="5"/>
  <birthdate circa="true" calendarType="GREGORIAN" year="1971" birthdate="" countryIso2Code="00" logicalId="6"/>
  <identification number="N445566" identificationTypeDescription="National passport" countryIso2Code="SY" countryDescription="SYRIA" logicalId="7"/>
 </sanctionEntity>
</export>"""

_FTM = [
    {
        "id": "Q-1",
        "caption": "Umar Haddad",
        "schema": "Person",
        "properties": {
            "name": ["Umar Haddad", "عمر حداد"],
            "weakAlias": ["Falcon"],
            "birthDate": ["1971-03-04"],
            "nationality": ["sy"],
            "topics": ["sanction"],
            "passportNumber": ["N445566"],
        },
        "last_seen": "2026-11-21T06:00:00",
    },
    {
        "id": "Q-2",
        "caption": "Korvana Trading LLC",
        "schema": "Company",
        "properties": {"name": ["Korvana Trading LLC"], "jurisdiction": ["lb"]},
    },
    {
        "id": "Q-3",
        "caption": "Haddad Holding",
        "schema": "Company",
        "properties": {
            "name": ["Haddad Holding"],
            "sanctions": [
                {"id": "s", "schema": "Sanction", "properties": {"programId": ["EU-SYR"]}}
            ],
        },
    },
    {
        "id": "own-1",
        "schema": "Ownership",
        "properties": {"owner": ["Q-1"], "asset": ["Q-2"], "percentage": ["30%"]},
    },
    {
        "id": "own-2",
        "schema": "Ownership",
        "properties": {"owner": ["Q-3"], "asset": ["Q-2"], "percentage": ["20"]},
    },
    {
        "id": "s-1",
        "schema": "Sanction",
        "properties": {"entity": ["Q-1"], "programId": ["US-SYR"]},
    },
    {"id": "addr", "schema": "Address", "properties": {"full": ["Homs"]}},
]
FTM = "\n".join(json.dumps(each, ensure_ascii=False) for each in _FTM) + "\nnot json\n"

PLAIN = (
    "Name;Aliases;Date of birth;Country;Type;Comments\n"
    "Omar Haddad;عمر حداد | Umar Hadad;1971;Syria;person;seen at the checkpoint\n"
    ";;;;;nobody\n"
    "4th Mountain Battalion;;;;unit;\n"
)

OWNERS = "owner,owned,percent\nOmar Haddad,Korvana Trading LLC,60\nKorvana Trading LLC,Blue Quay Ltd,50\n"
